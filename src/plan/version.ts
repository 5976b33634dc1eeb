const FORM = /^(\d+)\.(\d+)\.(\d+)(-[\w.-]+)?(?:\+[\w.-]+)?$/;

/** Whether one version came after another; undefined where one of them is no version. */
export function isNewer(one: string, other: string): boolean | undefined {
  const [mine, theirs] = [FORM.exec(one), FORM.exec(other)];
  if (mine === null || theirs === null) return undefined;
  for (const part of [1, 2, 3]) {
    const difference = Number(mine[part]) - Number(theirs[part]);
    if (difference !== 0) return difference > 0;
  }
  // What is tried out before a release is older than it.
  return mine[4] === undefined && theirs[4] !== undefined;
}
