namespace TeachMyDevice;

/// <summary>Things that people say to a device at home, made of patterns. The same seed makes the same sentences.</summary>
internal static class Sentences
{
    private static readonly Dictionary<string, string[]> Patterns = new()
    {
        ["light"] = ["turn {on} the lamp in the {room}", "it is too dark in the {room}", "make the {room} brighter", "lights {on} please", "dim the {room} a little", "I cannot see anything in the {room}", "switch {on} the light by the bed"],
        ["music"] = ["play some {style}", "I want to hear {style}", "next song please", "put on {style} for dinner", "louder, I love this song", "stop the music in the {room}", "what is this tune called"],
        ["weather"] = ["will it rain {day}", "do I need an umbrella {day}", "how warm will it be {day}", "is there frost {day}", "what is it like outside", "can we have a picnic {day}", "how strong is the wind {day}"],
        ["alarm"] = ["wake me at {hour}", "set an alarm for {hour} {day}", "remind me at {hour} to call home", "I have to get up at {hour} {day}", "cancel the alarm for {hour}", "do not let me sleep past {hour}", "tell me when ten minutes are over"],
    };

    private static readonly Dictionary<string, string[]> Words = new()
    {
        ["on"] = ["on", "off"],
        ["room"] = ["kitchen", "living room", "bathroom", "hall", "study", "nursery"],
        ["style"] = ["jazz", "piano music", "an old song", "rock", "something quiet", "Bach"],
        ["day"] = ["tomorrow", "today", "on Sunday", "this evening", "at the weekend", "on Friday"],
        ["hour"] = ["seven", "half past six", "eight", "five in the morning", "noon", "a quarter to nine"],
    };

    /// <summary>What the sentences can be about.</summary>
    public static IReadOnlyList<string> Labels { get; } = [.. Patterns.Keys];

    /// <summary>What is taught at first: patterns that cover half of what people say.</summary>
    public static IReadOnlyList<(string Text, string Label)> Lessons { get; } = Make(seed: 1, count: 6, first: 0, last: 2);

    /// <summary>What is said on a day.</summary>
    public static IReadOnlyList<(string Text, string Label)> Day { get; } = Make(seed: 2, count: 40, first: 0, last: 6);

    /// <summary>What is tested: sentences that are neither in the lessons nor in the day.</summary>
    public static IReadOnlyList<(string Text, string Label)> Exam { get; } =
        [.. Make(seed: 99, count: 60, first: 0, last: 6).Except(Lessons).Except(Day).Distinct().Take(60)];

    /// <summary>Sentences of every label, mixed.</summary>
    /// <param name="seed">Which ones.</param>
    /// <param name="count">How many of each.</param>
    /// <param name="first">The first pattern that is used, of seven.</param>
    /// <param name="last">The last one.</param>
    private static (string Text, string Label)[] Make(int seed, int count, int first, int last)
    {
        var random = new Random(seed);
        var made = new List<(string Text, string Label)>();
        foreach (var (label, patterns) in Patterns)
        {
            for (var i = 0; i < count; i++) made.Add((Fill(patterns[first + (i % (last - first + 1))], random), label));
        }

        (string Text, string Label)[] mixed = [.. made];
        random.Shuffle(mixed);
        return mixed;
    }

    private static string Fill(string pattern, Random random)
        => Words.Aggregate(pattern, (text, word) => text.Replace($"{{{word.Key}}}", word.Value[random.Next(word.Value.Length)], StringComparison.Ordinal));
}
