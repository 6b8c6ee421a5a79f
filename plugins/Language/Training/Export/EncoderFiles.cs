using System.Runtime.InteropServices;
using EdgeHost.Plugins.Language.Encoders;
using EdgeHost.Plugins.Language.Training.Corpora;
using EdgeHost.Plugins.Language.Training.Students;

namespace EdgeHost.Plugins.Language.Training.Export;

/// <summary>What is kept of a trained encoder: its model and vocabulary, its head's numbers, and features for replay.</summary>
internal static class EncoderFiles
{
    /// <summary>The encoder's model.</summary>
    public const string Model = "model.onnx";

    /// <summary>The head's weights and then biases, as 32-bit floats.</summary>
    public const string Head = "head.bin";

    /// <summary>Features and labels, see <see cref="ReplayFile"/>.</summary>
    public const string Replay = "replay.bin";

    // As many of each tone: enough that a head trained anew on a few corrections keeps what it knew.
    private const int ReplayOfEachLabel = 150;

    /// <summary>Writes the files. The student's tables are rounded by it.</summary>
    public static void Write(
        string folder, Student student, byte[] vocabulary, StudentSettings settings, StudentTexts texts, Corpus corpus, Func<Score> score)
    {
        Directory.CreateDirectory(folder);
        var model = student.ExportEncoder();
        foreach (var (table, width) in new[] { (StudentNetwork.Words, settings.WordWidth), (StudentNetwork.Pieces, settings.Width) })
        {
            var (numbers, scales) = TableQuantisation.Round(student.Values(table), width + StudentSettings.Sums);
            TableQuantisation.Replace(model, table, numbers, scales);
        }

        File.WriteAllBytes(Path.Combine(folder, Model), model.ToBytes().ToArray());
        File.WriteAllBytes(Path.Combine(folder, TextEncoder.VocabularyFile), vocabulary);
        File.WriteAllBytes(Path.Combine(folder, Head), MemoryMarshal.AsBytes<float>((float[])[.. student.Values(StudentNetwork.HeadWeight), .. student.Values(StudentNetwork.HeadBias)]).ToArray());

        // Fixed by content, so that the same texts are chosen each time.
        var chosen = Enumerable.Range(0, corpus.Training.Count)
            .OrderBy(i => Pieces.Word(new Tokens.Token(corpus.Training[i].Text, Tokens.TokenKind.Word)))
            .GroupBy(i => corpus.Training[i].Label).OrderBy(group => group.Key).SelectMany(group => group.Take(ReplayOfEachLabel)).ToArray();
        var all = texts.ForTexts(student.Encode(texts.Windows));
        var features = StudentSettings.Languages * settings.Features;
        var rows = chosen.SelectMany(i => all.AsSpan(i * features, features).ToArray()).ToArray();
        File.WriteAllBytes(Path.Combine(folder, Replay), ReplayFile.Write(rows, [.. chosen.Select(i => corpus.Training[i].Label)]));
        Console.WriteLine($"with 8 bits: {score()}");
    }
}
