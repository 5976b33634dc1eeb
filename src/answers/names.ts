export interface Names {
  /** `my-api`: packages, containers, folders. */
  readonly slug: string;
  /** `my_api`: identifiers. */
  readonly module: string;
  /** `My API`: prose. */
  readonly title: string;
}
