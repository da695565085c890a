/** Something on the screen that can be tapped or typed into. */
export interface MeasuredControl {
  readonly control: string | null;
  /** What is written on it, or beside it. */
  readonly label: string;
  readonly isTouchTarget: boolean;
  readonly box: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
}
