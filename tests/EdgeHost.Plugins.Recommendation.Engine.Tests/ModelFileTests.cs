using CsCheck;
using EdgeHost.Plugins.Recommendation.Engine.Models;
using EdgeHost.Plugins.Recommendation.Engine.Serialization;

namespace EdgeHost.Plugins.Recommendation.Engine.Tests;

/// <summary>Models in files.</summary>
public class ModelFileTests
{
    public static TheoryData<ScorerKind> Kinds => MadeModels.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_GivesTheSameModel(ScorerKind kind) => Gen.Select(Gen.Int[1, 30], Gen.Int[4, 40], Gen.Int[1, 4], Gen.ULong).Sample(
        (users, items, perUser, seed) =>
        {
            var data = Made.Snapshot(users, items, perUser, seed);
            var model = new RecommendationModel(data.Catalogue, MadeModels.Build(kind, data), (1, 5));
            var bytes = BytesOf(model);
            var read = ModelFile.Read(new MemoryStream(bytes));
            var (before, after) = (new float[items], new float[items]);
            model.Scorer.Score(data.HistoryOf(0), before);
            read.Scorer.Score(data.HistoryOf(0), after);
            return before.AsSpan().SequenceEqual(after) && model.Catalogue.Ids.SequenceEqual(read.Catalogue.Ids) && read.Ratings == (1, 5) && BytesOf(read).AsSpan().SequenceEqual(bytes);
        },
        iter: 8);

    [Fact]
    public void Read_RefusesWhatWasChangedAnywhere()
    {
        var data = Made.Snapshot(10, 12, 3);
        var bytes = BytesOf(new RecommendationModel(data.Catalogue, MadeModels.Build(ScorerKind.Blend, data), (0, 0)));

        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte[1, 255]).Sample(
            (place, change) =>
            {
                var changed = (byte[])bytes.Clone();
                changed[place] ^= change;
                return Refused(changed);
            },
            iter: 500);
        Gen.Int[0, bytes.Length - 1].Sample(length => Refused(bytes[..length]), iter: 300);
        Assert.True(Refused([.. bytes, 0]));
    }

    // Whoever can write a hash can write anything: the reader checks numbers and lengths itself.
    [Fact]
    public void Read_ChecksWhatTheHashCannot()
    {
        var data = Made.Snapshot(10, 12, 3);
        var bytes = BytesOf(new RecommendationModel(data.Catalogue, MadeModels.Build(ScorerKind.Blend, data), (0, 0)));
        var history = data.HistoryOf(0);

        Gen.Select(Gen.Int[8, bytes.Length - 33], Gen.Byte[1, 255]).Sample(
            (place, change) =>
            {
                var changed = (byte[])bytes.Clone();
                changed[place] ^= change;
                System.Security.Cryptography.SHA256.HashData(changed.AsSpan(..^32), changed.AsSpan(^32..));
                if (Refused(changed)) return;
                // What is taken must work.
                var model = ModelFile.Read(new MemoryStream(changed));
                model.Scorer.Score(history, new float[model.Scorer.ItemCount]);
                model.Scorer.Explain(history, 0, new List<Contribution>());
            },
            iter: 800);
    }

    private static bool Refused(byte[] bytes)
    {
        try
        {
            ModelFile.Read(new MemoryStream(bytes));
            return false;
        }
        catch (EdgeHostException e) when (e.Code is ErrorCode.DataLoss or ErrorCode.FailedPrecondition)
        {
            return true;
        }
    }

    private static byte[] BytesOf(RecommendationModel model)
    {
        using var stream = new MemoryStream();
        ModelFile.Write(model, stream);
        return stream.ToArray();
    }
}
