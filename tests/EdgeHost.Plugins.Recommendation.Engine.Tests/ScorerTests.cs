using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Models;
using EdgeHost.Plugins.Recommendation.Engine.Serialization;

namespace EdgeHost.Plugins.Recommendation.Engine.Tests;

/// <summary>What holds for each kind of model.</summary>
public class ScorerTests
{
    private static readonly Snapshot Data = Made.Snapshot();

    public static TheoryData<ScorerKind> Kinds => MadeModels.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Explain_AddsUpToTheScore(ScorerKind kind)
    {
        var scorer = MadeModels.Build(kind, Data);
        var scores = new float[scorer.ItemCount];
        var different = 0;
        foreach (var history in new[] { Data.HistoryOf(0), Data.HistoryOf(17), Rejecting(), UserHistory.Of(3), UserHistory.Empty })
        {
            scorer.Score(history, scores);
            for (var item = 0; item < scores.Length; item++)
            {
                var parts = new List<Contribution>();
                scorer.Explain(history, item, parts);
                Assert.Equal(scores[item], parts.Sum(static part => part.Value), 1e-4 * (1 + parts.Sum(static part => Math.Abs(part.Value))));
                if (parts.Count > 0) different++;
            }
        }

        Assert.True(different > 50);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Top_IsWhatSortingAllScoresGives(ScorerKind kind)
    {
        var scorer = MadeModels.Build(kind, Data);
        var scores = new float[scorer.ItemCount];
        for (var user = 0; user < Data.Users.Count; user += 5)
        {
            var history = Data.HistoryOf(user);
            var excluded = new ItemSet(scorer.ItemCount);
            foreach (var item in history.Items) excluded.Add(item);
            scorer.Score(history, scores);
            var expected = Enumerable.Range(0, scores.Length).Where(item => !excluded.Contains(item)).OrderByDescending(item => scores[item]).ThenBy(static item => item).Take(12).Select(item => (item, scores[item]));

            Assert.Equal(expected, scorer.Top(history, 12, excluded));
        }
    }

    [Theory]
    [InlineData(ScorerKind.ItemToItem)]
    [InlineData(ScorerKind.Linear)]
    [InlineData(ScorerKind.Sequence)]
    [InlineData(ScorerKind.Content)]
    public void Top_OfALargeCatalogueOfWhichLittleIsTouched_IsWhatSortingAllScoresGives(ScorerKind kind)
    {
        const int large = 60_000;

        // Spread over a catalogue in which nothing else has an event, feature or vector.
        var map = Enumerable.Range(0, 80).Select(static item => (item * 701) + 13).ToArray();
        var items = Made.Items(80).Select(static item => item with { Embedding = default });
        var data = Made.Snapshot(items, Made.Events(60, 80, 15));
        var small = MadeModels.Build(kind, data);
        var scorer = small.Mapped(map, large);
        var (few, all) = (new float[80], new float[large]);
        foreach (var history in new[] { data.HistoryOf(0), data.HistoryOf(33), Rejecting(), UserHistory.Of(3), UserHistory.Empty })
        {
            small.Score(history, few);
            scorer.Score(history.Mapped(map), all);
            var excluded = new ItemSet(large);
            foreach (var item in history.Items) excluded.Add(map[item]);
            foreach (var count in (int[])[1, 20, 500])
            {
                var expected = Enumerable.Range(0, large).Where(item => !excluded.Contains(item)).OrderByDescending(item => all[item]).ThenBy(static item => item).Take(count).Select(item => (item, all[item]));
                Assert.Equal(expected, scorer.Top(history.Mapped(map), count, excluded));
            }

            Assert.Equal(few, map.Select(item => all[item]));
            Assert.Equal(few.Count(static score => score != 0), all.Count(static score => score != 0));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ScoreSome_IsPartOfScore(ScorerKind kind)
    {
        var scorer = MadeModels.Build(kind, Data);
        var history = Data.HistoryOf(4);
        var all = new float[scorer.ItemCount];
        scorer.Score(history, all);
        int[] items = [7, 3, 41, 79];
        var some = new float[items.Length];
        scorer.ScoreSome(history, items, some);

        Assert.Equal(items.Select(item => all[item]), some);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Build_IsTheSameBitsOnOneThreadAndMany(ScorerKind kind)
        => Assert.Equal(BytesOf(MadeModels.Build(kind, Data)), BytesOf(MadeModels.Build(kind, Data, threads: 3)));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Build_KeepsNoTraceOfWhatWasForgotten(ScorerKind kind)
    {
        var events = Made.Events(60, 80, 15);
        var builder = new SnapshotBuilder();
        foreach (var recorded in events.Reverse()) builder.Record(recorded);
        foreach (var item in Made.Items(80).Reverse()) builder.Put(item);
        Assert.Equal(BytesOf(MadeModels.Build(kind, Data)), BytesOf(MadeModels.Build(kind, builder.Build())));

        // Everything of one user, one item and one event was recorded somewhere and left out here: only what is left may count.
        var kept = events.Where(static e => e.User != "user007" && e.Item != "item0004").Where(e => e != events[3]).ToArray();
        var items = Made.Items(80).Where(static item => item.Id != "item0004").ToArray();
        var model = MadeModels.Build(kind, Made.Snapshot(items, kept));
        Assert.Equal(BytesOf(model), BytesOf(MadeModels.Build(kind, Made.Snapshot(items.Reverse(), kept.Reverse()))));
        Assert.NotEqual(BytesOf(model), BytesOf(MadeModels.Build(kind, Data)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Mapped_GivesKnownItemsTheScoresThatTheyHad(ScorerKind kind)
    {
        var scorer = MadeModels.Build(kind, Data);
        var map = Enumerable.Range(0, 80).Select(static item => 79 - item).ToArray();
        var mapped = scorer.Mapped(map, 80);
        var history = Data.HistoryOf(9);
        var (before, after) = (new float[80], new float[80]);
        scorer.Score(history, before);
        mapped.Score(history.Mapped(map), after);

        for (var item = 0; item < before.Length; item++) Assert.Equal(before[item], after[map[item]], 1e-4);
    }

    private static byte[] BytesOf(ItemScorer scorer)
    {
        using var stream = new MemoryStream();
        using var writer = new ModelWriter(stream);
        scorer.Write(writer);
        writer.Finish();
        return stream.ToArray();
    }

    private static UserHistory Rejecting() => new HistoryReader(Data.Catalogue, EventWeights.Default, (0, 0)).Read(
    [
        new InteractionEvent { User = "u", Item = "item0001", Time = 5 * Made.Day },
        new InteractionEvent { User = "u", Item = "item0002", Type = "dislike", Time = 6 * Made.Day },
        new InteractionEvent { User = "u", Item = "item0009", Type = "purchase", Time = 7 * Made.Day },
    ]);
}
