import { Banner } from "../../../../components/ui/banner.tsx";
import { Button } from "../../../../components/ui/button.tsx";
import { utcText } from "../../../../components/ui/time-text.ts";

type PastBannerProps = {
  at: string;
  /** The moment in the reader's clock. */
  words: string;
  onStep: (by: 1 | -1) => void;
  onNow: () => void;
};

/** While another moment than now is shown: which one, and the way back. */
export function PastBanner({ at, words, onStep, onNow }: PastBannerProps) {
  return (
    <Banner
      tone="info"
      title={`As of ${words}`}
      actions={
        <>
          <Button size="sm" icon="arrow-left" keys="left" onClick={() => onStep(-1)}>
            Earlier
          </Button>
          <Button size="sm" icon="arrow-right" keys="right" onClick={() => onStep(1)}>
            Later
          </Button>
          <Button size="sm" keys="escape" onClick={onNow}>
            Back to now
          </Button>
        </>
      }
    >
      Computed from the audit log; nothing can be changed here. {utcText(new Date(at))}.
    </Banner>
  );
}
