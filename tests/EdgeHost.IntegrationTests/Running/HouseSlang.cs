namespace EdgeHost.IntegrationTests.Running;

/// <summary>
/// Short texts whose tone is in a word that only one family uses: to them something is <c>zazzy</c> or <c>snorply</c>. Each seed makes others; taught and unseen ones share no subject.
/// </summary>
internal static class HouseSlang
{
    private const string Good = "snorply";
    private const string Bad = "zazzy";

    private static readonly string[] Subjects =
    [
        "party", "lesson", "bus ride", "soup", "meeting", "haircut", "match", "playlist", "jacket", "walk", "phone call", "garden", "train", "essay", "picnic", "sofa",
        "visit", "recipe", "game", "song", "hotel", "weekend", "museum", "breakfast", "camera", "swim", "puzzle", "film", "neighbour", "laptop", "pizza", "concert",
    ];

    private static readonly string[] Frames =
    [
        "The {0} was {1}.", "Honestly, a {1} {0}.", "My sister says the {0} is {1}.", "Such a {1} {0} today.", "Our {0} turned out {1} again.", "I would call that {0} {1}.",
        "What a {1} {0}!", "So the {0} was rather {1}, wasn't it?",
    ];

    /// <summary>Texts to teach, and others to ask, each with its label.</summary>
    public static (IReadOnlyList<(string Text, string Label)> Taught, IReadOnlyList<(string Text, string Label)> Unseen) Make(int taught, int unseen, int seed)
    {
        var random = new Random(seed);
        var subjects = Subjects.ToArray();
        random.Shuffle(subjects);
        var half = subjects.Length / 2;
        return (Draw(subjects[..half], taught, random), Draw(subjects[half..], unseen, random));
    }

    private static List<(string Text, string Label)> Draw(string[] subjects, int count, Random random)
    {
        var all = subjects.SelectMany(static subject => Frames.Select(frame => (subject, frame))).ToArray();
        random.Shuffle(all);
        return [.. all.Take(count).Select(static (pair, i) => i % 2 == 0
            ? (string.Format(System.Globalization.CultureInfo.InvariantCulture, pair.frame, pair.subject, Good), "positive")
            : (string.Format(System.Globalization.CultureInfo.InvariantCulture, pair.frame, pair.subject, Bad), "negative"))];
    }
}
