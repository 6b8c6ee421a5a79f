using System.Runtime.InteropServices;
using EdgeHost.Plugins.Language.Encoders;
using EdgeHost.Plugins.Language.Training.Characters;
using EdgeHost.Plugins.Language.Training.Corpora;
using EdgeHost.Plugins.Language.Training.Tables;

namespace EdgeHost.Plugins.Language.Training.Export;

/// <summary>What is kept of a trained encoder: its model, its vocabulary, its head's numbers, and features for replay.</summary>
internal static class EncoderFiles
{
    /// <summary>The encoder's model.</summary>
    public const string Model = "model.onnx";

    /// <summary>The head's weights and then biases, as 32-bit floats.</summary>
    public const string Head = "head.bin";

    /// <summary>Features and labels, see <see cref="ReplayFile"/>.</summary>
    public const string Replay = "replay.bin";

    // Enough that a head trained anew on a few corrections keeps what it knew.
    private const int ReplayOfEachLabel = 100;

    /// <summary>Writes the files. The encoder's tables and weights are rounded by it.</summary>
    public static void Write(string folder, JoinedEncoder encoder, ChosenVocabulary vocabulary)
    {
        Directory.CreateDirectory(folder);
        var model = encoder.Export();
        foreach (var (owner, table) in encoder.Tables)
        {
            var (numbers, scales) = TableQuantisation.Round(owner.Values(table.Name), table.Width);
            TableQuantisation.Replace(model, table.Name, numbers, scales);
        }

        foreach (var (owner, name) in encoder.Products)
        {
            var weight = model.Graph!.Initializers.First(tensor => tensor.Name == name);
            var (numbers, scales) = TableQuantisation.Round(owner.Values(name), (int)weight.Dimensions[1]);
            TableQuantisation.ReplaceWeights(model, name, numbers, scales);
        }

        RowMap.Apply(model, vocabulary.Vectors, CharacterNetwork.Pieces);
        OpenLength.Apply(model, TableInput.Words, TableInput.MostTokens);
        File.WriteAllBytes(Path.Combine(folder, Model), model.ToBytes().ToArray());
        File.WriteAllBytes(Path.Combine(folder, TextEncoder.VocabularyFile), vocabulary.File);
        File.WriteAllBytes(Path.Combine(folder, Head), MemoryMarshal.AsBytes<float>(encoder.Head()).ToArray());
    }

    /// <summary>The texts whose features are kept: as many of each tone, chosen by content.</summary>
    /// <returns>Their indices.</returns>
    public static int[] ChooseForReplay(IReadOnlyList<LabelledText> texts)
        =>
        [
            .. Enumerable.Range(0, texts.Count)
                .OrderBy(i => Pieces.Word(new Tokens.Token(texts[i].Text, Tokens.TokenKind.Word)))
                .GroupBy(i => texts[i].Label).OrderBy(group => group.Key).SelectMany(group => group.Take(ReplayOfEachLabel)),
        ];

    /// <summary>Writes features for replay.</summary>
    public static void WriteReplay(string folder, float[] features, IEnumerable<LabelledText> texts)
        => File.WriteAllBytes(Path.Combine(folder, Replay), ReplayFile.Write(features, [.. texts.Select(text => text.Label)]));
}
