namespace EdgeHost.Plugins.Text.Decoding;

/// <summary>
/// Tells when a model goes round in circles: the last tokens are the same few again and again. People do say things twice or three times, so only more counts, and short
/// circles need more rounds. No state.
/// </summary>
public static class RepetitionRule
{
    private const int LongestCircle = 24;
    private const int LeastRounds = 4;
    private const int LeastTokens = 12;

    /// <summary>Looks at the end of what was written.</summary>
    /// <param name="tokens">The tokens so far.</param>
    /// <returns>How many tokens to keep: up to the end of the first round; or null: no circle.</returns>
    public static int? Find(ReadOnlySpan<int> tokens)
    {
        for (var length = 1; length <= LongestCircle; length++)
        {
            var rounds = Math.Max(LeastRounds, (LeastTokens + length - 1) / length);
            if (rounds * length > tokens.Length) continue;
            var tail = tokens[^(rounds * length)..];
            if (!tail[length..].SequenceEqual(tail[..^length])) continue;

            // It may have begun before: back to its first round.
            var start = tokens.Length - tail.Length;
            while (start > 0 && tokens[start - 1] == tokens[start - 1 + length]) start--;
            return start + length;
        }

        return null;
    }
}
