using System.Numerics.Tensors;
using EdgeHost.Plugins.Language.Encoders;
using EdgeHost.Plugins.Language.Tokens;
using EdgeHost.Plugins.Language.Training.Export;
using EdgeHost.Plugins.Language.Training.Tables;
using EdgeHost.TestKit;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EdgeHost.Plugins.Language.Tests.Training;

/// <summary>What is written of an encoder says the same as the encoder itself, and of texts of every length.</summary>
public sealed class EncoderFilesTests : IDisposable
{
    private static readonly TableSettings Settings = new() { Part = 1, Heads = 2, Hidden = 6, LeastWordTexts = 1, LeastPieceTexts = 1, LeastSummedTexts = 1, MostPieces = 20 };
    private static readonly string[] Texts = ["东西很好,很喜欢", "房间太小了,不会再来", "今天去了公园", "好"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_JoinedEncoder_GivesItsFeaturesForTextsOfAnyLength()
    {
        var tokens = Texts.Select(TableCommand.Cut).ToList();
        var vocabulary = VocabularyBuilder.Build(tokens, Settings);
        using var sums = new TableEncoder(Settings.ForSums(), vocabulary.WordRows, vocabulary.PieceRows, 1);
        using var characters = new TableEncoder(Settings.ForCharacters() with { Length = Settings.Length }, vocabulary.WordRows, vocabulary.VectorRows, 1);
        var encoder = new JoinedEncoder(Settings, vocabulary, sums, characters);
        var texts = new TableTexts(tokens, new Vocabulary(vocabulary.File), Settings.Length);
        var targets = new float[] { 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1 };
        sums.SetPriors(texts.Windows, targets);

        EncoderFiles.Write(_folder.Path, encoder, vocabulary);

        var expected = encoder.Encode(texts);
        using var session = new InferenceSession(Path.Combine(_folder.Path, EncoderFiles.Model));
        for (var text = 0; text < Texts.Length; text++)
        {
            var features = Run(session, new Vocabulary(vocabulary.File), tokens[text]);
            var width = expected.Length / Texts.Length;

            Assert.Equal(width, features.Length);
            var own = expected.AsSpan(text * width, width);
            Assert.InRange(TensorPrimitives.Distance<float>(features, own), 0, 0.002f * TensorPrimitives.Norm<float>(own));
        }
    }

    [Fact]
    public void Head_FileOfTwoLanguages_IsThatOfTheFirst()
    {
        float[] features = [1, 2, 0, 0, 0, 0, 3, 1, 4, 5, 0, 0];
        var file = ReplayFile.Write(features, [0, 1, 2]);

        var head = ReplayFile.Head(file, 2);

        Assert.Equal(ReplayFile.Write([1f, 2, 4, 5], [0, 2]), head);
    }

    private static float[] Run(InferenceSession session, in Vocabulary vocabulary, List<Token> tokens)
    {
        var (words, pieces, mask) = (new long[tokens.Count], new long[tokens.Count * Pieces.Count], new float[tokens.Count]);
        TableInput.Fill(vocabulary, tokens, 1, tokens.Count, words, pieces, mask);
        NamedOnnxValue[] inputs =
        [
            NamedOnnxValue.CreateFromTensor("words", new DenseTensor<long>(words, [1, tokens.Count])),
            NamedOnnxValue.CreateFromTensor("pieces", new DenseTensor<long>(pieces, [1, tokens.Count, Pieces.Count])),
            NamedOnnxValue.CreateFromTensor("mask", new DenseTensor<float>(mask, [1, tokens.Count])),
        ];
        using var results = session.Run(inputs);
        return [.. results[0].AsEnumerable<float>()];
    }
}
