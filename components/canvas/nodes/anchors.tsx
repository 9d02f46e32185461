import { memo } from "react";
import type { Anchor } from "../flow-types.ts";
import { anchorId } from "../flow-types.ts";

type AnchorsProps = {
  node: string;
  type: "source" | "target";
  anchors: readonly Anchor[];
};

/**
 * Where lines begin, at both sides of a box, measured by React Flow. They stay when the rows are
 * not drawn, so that no line is ever lost; a real handle for each row would cost half the frames.
 */
export const Anchors = memo(function Anchors({ node, type, anchors }: AnchorsProps) {
  return (
    <span aria-hidden>
      {anchors.map(({ id, y }) => (
        <span key={id}>
          <i
            className={`anchor ${type}`}
            data-nodeid={node}
            data-handleid={anchorId("left", id)}
            data-handlepos="left"
            style={{ top: y, left: 0 }}
          />
          <i
            className={`anchor ${type}`}
            data-nodeid={node}
            data-handleid={anchorId("right", id)}
            data-handlepos="right"
            style={{ top: y, right: 0 }}
          />
        </span>
      ))}
    </span>
  );
});
