/** Draws again only when a property is another value: one fact then redraws one row. */

import { Component, type ComponentType, h } from "preact";

export function memo<P extends object>(View: ComponentType<P>): ComponentType<P> {
  return class extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      const now = this.props as Record<string, unknown>;
      return Object.entries(next).some(([name, value]) => now[name] !== value);
    }
    override render() {
      return h(View as ComponentType<object>, this.props);
    }
  };
}
