using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Benchmarks.Recommendation;

/// <summary>
/// Made users of two kinds that differ in structure from ratings of films. Of <see cref="Serial"/> interests drift, parts of series follow each other and items are new every week, so that the
/// future differs from the past; of <see cref="Steady"/> tastes never change and the order of events says nothing.
/// </summary>
internal static class MadeReaders
{
    private const int Users = 300;
    private const int Items = 1200;
    private const int Topics = 24;
    private const int PartsOfSeries = 10;
    private const long Hour = 3_600_000;
    private const long Year = 365 * 24 * Hour;

    /// <summary>Readers of series: the next part follows in four of ten events, a favourite topic lasts about fifteen, and nothing is read before it is out.</summary>
    public static Snapshot Serial(ulong seed)
    {
        var builder = Describe();
        var random = new SeededNumbers(seed);
        for (var user = 0; user < Users; user++)
        {
            var topic = random.NextInt(Topics);
            var time = (long)(random.NextDouble() * Year / 2);
            var read = new HashSet<int>();
            var last = -1;
            for (var left = 20 + random.NextInt(80); left > 0; left--)
            {
                time += (long)(-Math.Log(1 - random.NextDouble()) * 60 * Hour);
                if (random.NextDouble() < 1.0 / 15) topic = random.NextInt(Topics);
                var item = random.NextDouble() < 0.4 && last >= 0 && (last + 1) % PartsOfSeries != 0 ? last + 1 : Draw(random, random.NextDouble() < 0.8 ? topic : random.NextInt(Topics), time);
                if (item < 0 || !read.Add(item)) continue;
                Record(builder, user, last = item, time);
            }
        }

        return builder.Build();
    }

    /// <summary>Users with three favourite topics for good, whose events come in any order.</summary>
    public static Snapshot Steady(ulong seed)
    {
        var builder = Describe();
        var random = new SeededNumbers(seed);
        for (var user = 0; user < Users; user++)
        {
            int[] topics = [random.NextInt(Topics), random.NextInt(Topics), random.NextInt(Topics)];
            var read = new HashSet<int>();
            for (var left = 20 + random.NextInt(80); left > 0; left--)
            {
                var item = Draw(random, random.NextDouble() < 0.8 ? topics[random.NextInt(topics.Length)] : random.NextInt(Topics), long.MaxValue);
                if (read.Add(item)) Record(builder, user, item, (long)(random.NextDouble() * Year));
            }
        }

        return builder.Build();
    }

    private static SnapshotBuilder Describe()
    {
        var builder = new SnapshotBuilder();
        for (var item = 0; item < Items; item++) builder.Put(new CatalogueItem { Id = IdOf(item), Tags = [$"topic{TopicOf(item)}", $"series{item / PartsOfSeries}"] });
        return builder;
    }

    private static void Record(SnapshotBuilder builder, int user, int item, long time)
        => builder.Record(new InteractionEvent { User = $"user{user:D3}", Item = IdOf(item), Time = time });

    private static string IdOf(int item) => $"item{item:D4}";

    private static int TopicOf(int item) => item / PartsOfSeries % Topics;

    // An item of a topic, popular ones more often (their chance falls with the rank in the topic), that is out by then; -1 if none of some draws is.
    private static int Draw(SeededNumbers random, int topic, long time)
    {
        const int ofTopic = Items / Topics;
        for (var i = 0; i < 8; i++)
        {
            var rank = (int)(Math.Pow(random.NextDouble(), 2) * ofTopic);
            var item = (((rank / PartsOfSeries * Topics) + topic) * PartsOfSeries) + (rank % PartsOfSeries);
            // Series come out over the year, one after the other in no order of popularity.
            if (item * 7919L % Items * (Year / Items) <= time) return item;
        }

        return -1;
    }
}
