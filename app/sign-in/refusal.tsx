import { Icon } from "../../components/ui/icon.tsx";

/** Why it did not work, where the eye and the screen reader are. */
export function Refusal({ message }: { message: string }) {
  return (
    <p role="alert" className="flex items-start gap-2 type-body text-fail">
      <Icon name="octagon" size={16} className="mt-0.5" />
      {message}
    </p>
  );
}
