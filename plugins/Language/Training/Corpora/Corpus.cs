using System.Security.Cryptography;
using EdgeHost.Plugins.Language.Encoders;

namespace EdgeHost.Plugins.Language.Training.Corpora;

/// <summary>The texts of a language. Immutable.</summary>
/// <param name="Training">What is learned from.</param>
/// <param name="Held">A tenth of the training file, chosen by its content: what settings are chosen with.</param>
/// <param name="Hash">SHA-256 of the training file, in lower-case hex.</param>
internal sealed record Corpus(IReadOnlyList<LabelledText> Training, IReadOnlyList<LabelledText> Held, string Hash)
{
    private const uint HeldShare = 10;

    // Posts are told from reviews by the words of reviews: the files do not say it.
    private static readonly string[] ReviewWords = ["酒店", "房间", "这本书", "本书", "书中", "笔记本", "电脑", "机器", "键盘", "屏幕", "散热", "性价比", "前台", "早餐", "看完", "作者", "买了"];

    /// <summary>Reads a training file: <c>label TAB text</c> a line.</summary>
    /// <param name="path">The file.</param>
    /// <param name="learnsFromAll">Whether what is held is learned from too, as for the model that ships.</param>
    public static Corpus Load(string path, bool learnsFromAll)
    {
        var (training, held) = (new List<LabelledText>(), new List<LabelledText>());
        foreach (var text in Read(path))
        {
            var isHeld = IsHeld(text.Text);
            if (isHeld) held.Add(text);
            if (!isHeld || learnsFromAll) training.Add(text);
        }

        return new Corpus(training, held, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));
    }

    /// <summary>Reads a file of labelled texts.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: a line is none.</exception>
    public static IEnumerable<LabelledText> Read(string path)
    {
        var isChinese = Path.GetFileName(path).StartsWith("zh", StringComparison.Ordinal);
        foreach (var line in File.ReadLines(path))
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            var label = tab < 0 ? -1 : Array.IndexOf(["negative", "neutral", "positive"], line[..tab]);
            if (label < 0) throw new EdgeHostException(ErrorCode.InvalidArgument, $"A line of {Path.GetFileName(path)} is not 'label TAB text': {line[..Math.Min(40, line.Length)]}");
            var text = line[(tab + 1)..];
            yield return new LabelledText(text, label, SourceOf(text, isChinese));
        }
    }

    /// <summary>Whether a text is held: a function of its content alone, so that the same texts are held whatever else is in a file.</summary>
    public static bool IsHeld(string text)
    {
        if (text.Length == 0) return false;
        var print = new Fingerprint(text[0]);
        print.Add(text.AsSpan(1));
        return print.Value % HeldShare == 0;
    }

    private static string SourceOf(string text, bool isChinese)
        => isChinese ? ReviewWords.Any(word => text.Contains(word, StringComparison.Ordinal)) ? "reviews" : "posts"
            : text.Contains('@', StringComparison.Ordinal) ? "tweets" : "films";
}
