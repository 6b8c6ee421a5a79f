using EdgeHost.Plugins.Recommendation.Engine.Data;

namespace EdgeHost.Plugins.Recommendation.Engine.Tests;

/// <summary>Events that come as they come.</summary>
public class SnapshotTests
{
    [Fact]
    public void Duplicates_CountOnce()
    {
        var builder = new SnapshotBuilder();
        var view = new InteractionEvent { User = "u", Item = "a", Time = 1 };
        Assert.True(builder.Record(view));
        Assert.False(builder.Record(view));
        Assert.True(builder.Record(view with { Key = "k" }));
        Assert.False(builder.Record(view with { Key = "k", Time = 99 }));

        Assert.Equal(EventWeights.Saturate(2), builder.Build().HistoryOf("u").Values[0]);
    }

    [Fact]
    public void Distinct_EventsGiveTheSameSnapshotWithoutBeingRemembered()
    {
        var builder = new SnapshotBuilder(new SnapshotOptions { AreDistinct = true });
        foreach (var item in Made.Items(20)) builder.Put(item);
        foreach (var recorded in Made.Events(5, 20, 6)) Assert.True(builder.Record(recorded));
        var (made, expected) = (builder.Build(), Made.Snapshot(5, 20, 6));

        Assert.Equal(expected.Users, made.Users);
        foreach (var user in expected.Users)
        {
            Assert.Equal(expected.HistoryOf(user).Items.ToArray(), made.HistoryOf(user).Items.ToArray());
            Assert.Equal(expected.HistoryOf(user).Values.ToArray(), made.HistoryOf(user).Values.ToArray());
        }
    }

    [Fact]
    public void HugeWeights_AreClamped_AndNaNIsRefused()
    {
        var builder = new SnapshotBuilder();
        builder.Record(new InteractionEvent { User = "u", Item = "a", Weight = double.PositiveInfinity });
        builder.Record(new InteractionEvent { User = "u", Item = "b", Weight = -1e300 });
        Assert.Throws<EdgeHostException>(() => builder.Record(new InteractionEvent { User = "u", Item = "c", Weight = double.NaN }));

        var history = builder.Build().HistoryOf("u");
        Assert.Equal([EventWeights.Saturate(1000), EventWeights.Saturate(-1000)], history.Values.ToArray());
    }

    [Fact]
    public void Times_MayBeBeforeTheEpoch_AndFutureOnesAreNow()
    {
        var builder = new SnapshotBuilder();
        builder.Record(new InteractionEvent { User = "u", Item = "future", Time = long.MaxValue });
        builder.Record(new InteractionEvent { User = "u", Item = "now", Time = 1000 });
        builder.Record(new InteractionEvent { User = "u", Item = "before", Time = -5_000_000_000 });
        builder.Record(new InteractionEvent { User = "u", Item = "first", Time = long.MinValue });
        var snapshot = builder.Build(now: 1000);
        var history = snapshot.HistoryOf("u");

        Assert.Equal(["first", "before", "future", "now"], history.Items.ToArray().Select(item => snapshot.Catalogue.Ids[item]));
        Assert.Equal([-62135596800000, -5_000_000_000, 1000, 1000], history.Times.ToArray());
    }

    [Fact]
    public void Reader_GivesWhatTheSnapshotGives()
    {
        var events = Made.Events(5, 20, 6).Select(static (e, i) => e with { Type = (i % 3) switch { 0 => "rate", 1 => "view", _ => "dislike" }, Weight = (i % 5) + 1, Session = i % 2 == 0 ? "s" : null }).ToArray();
        var snapshot = Made.Snapshot(Made.Items(20), events);
        var own = events.Where(static e => e.User == "user002").Reverse();
        var read = new HistoryReader(snapshot.Catalogue, snapshot.Weights, snapshot.Ratings).Read(own);
        var expected = snapshot.HistoryOf("user002");

        Assert.Equal(expected.Items.ToArray(), read.Items.ToArray());
        Assert.Equal(expected.Values.ToArray(), read.Values.ToArray());
        Assert.Equal(expected.Times.ToArray(), read.Times.ToArray());
        Assert.Equal(expected.Sessions.ToArray(), read.Sessions.ToArray());
    }

    [Fact]
    public void Ratings_CountByTheirPlaceAmongAll()
    {
        var snapshot = Made.Snapshot([], new[] { (1.0, "a"), (3, "b"), (5, "c") }.Select(static x => new InteractionEvent { User = "u", Item = x.Item2, Type = "rate", Weight = x.Item1 }));

        Assert.Equal((1, 5), snapshot.Ratings);
        Assert.Equal([EventWeights.Saturate(0.5), EventWeights.Saturate(0.75), EventWeights.Saturate(1)], snapshot.HistoryOf("u").Values.ToArray());
    }

    [Fact]
    public void UnknownItems_AreItemsWithoutDescription_AndImpressionsAreNoEvents()
    {
        var snapshot = Made.Snapshot(Made.Items(2), [new() { User = "u", Item = "other" }, new() { User = "v", Item = "item0000", Type = "impression" }]);

        Assert.Equal(["item0000", "item0001", "other"], snapshot.Catalogue.Ids);
        Assert.Null(snapshot.Catalogue.Find(2));
        Assert.Equal(["u"], snapshot.Users);
        Assert.Equal(0, snapshot.HistoryOf("v").Count);
    }

    [Fact]
    public void Limits_AreTyped()
    {
        var builder = new SnapshotBuilder(new SnapshotOptions { MaxEvents = 1, MaxItems = 1 });
        builder.Put(new CatalogueItem { Id = "a" });
        builder.Record(new InteractionEvent { User = "u", Item = "a" });

        Assert.Equal(ErrorCode.ResourceExhausted, Assert.Throws<EdgeHostException>(() => builder.Put(new CatalogueItem { Id = "b" })).Code);
        Assert.Equal(ErrorCode.ResourceExhausted, Assert.Throws<EdgeHostException>(() => builder.Record(new InteractionEvent { User = "u", Item = "b" })).Code);
        Assert.Equal(ErrorCode.InvalidArgument, Assert.Throws<EdgeHostException>(() => builder.Put(new CatalogueItem { Id = "" })).Code);
    }

    [Fact]
    public void ItemSets_HoldWhatSetsHold()
    {
        var set = new ItemSet(130);
        set.Add(0);
        set.Add(64);
        set.Add(129);
        var rest = set.Complement();
        set.Remove(64);

        Assert.Equal(2, set.Count);
        Assert.Equal(127, rest.Count);
        Assert.True(set.Contains(129) && !rest.Contains(129) && !set.Contains(64) && rest.Contains(1));
        rest.UnionWith(set);
        Assert.Equal(129, rest.Count);
    }
}
