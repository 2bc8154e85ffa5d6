/** Tells somebody outside that we are well, so that they cry out when we no longer do. */
export interface SignOfLife {
  /** Resolves with null once it was taken, or with why not. Never throws. */
  give: (signal: AbortSignal) => Promise<string | null>;
}
