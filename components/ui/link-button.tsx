import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button-style.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-paths.ts";

type LinkButtonProps = Omit<ComponentProps<typeof Link>, "className"> & {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  icon?: IconName | undefined;
  className?: string | undefined;
  children: ReactNode;
};

/**
 * A link that looks like a button: it goes somewhere and changes nothing.
 *
 * <LinkButton href="/conflicts" variant="primary">Decide 12 conflicts</LinkButton>
 */
export function LinkButton(props: LinkButtonProps) {
  const { variant, size, icon, className, children, ...rest } = props;
  return (
    <Link {...rest} className={buttonClass({ variant, size, className })}>
      {icon && <Icon name={icon} size={16} />}
      {children}
    </Link>
  );
}
