/**
 * Answers that took seconds, by what they were asked of: at most so many, the ones asked for longest ago forgotten first. What
 * failed is tried again.
 */
export function createKeptAnswers<Answer>(most: number) {
  const kept = new Map<string, Promise<Answer>>();
  return {
    get(key: string, workOut: () => Promise<Answer>): Promise<Answer> {
      let answer = kept.get(key);
      if (answer === undefined) {
        answer = workOut();
        answer.catch(() => kept.delete(key));
      }
      kept.delete(key);
      kept.set(key, answer);
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
      return answer;
    },
  };
}
