using EdgeHost.Capabilities.Recommendation;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Benchmarks.Recommendation;

/// <summary>A made catalogue and its customers as an app sends them: topics of five hundred items, of which a few are popular, and people with two favourite topics. The same for the same sizes.</summary>
internal sealed class MadeShop
{
    private const int ItemsOfTopic = 500;
    private const long Start = 1_700_000_000_000;
    private const long Minute = 60_000;

    private readonly int _items;
    private readonly int _users;
    private readonly int _topics;

    public MadeShop(int items, int users)
    {
        (_items, _users) = (items, users);
        _topics = Math.Max(4, items / ItemsOfTopic);
    }

    public static string UserOf(int user) => $"user{user:D7}";

    /// <summary>The items, each with a title, a tag and an author.</summary>
    public IEnumerable<CatalogItem> Items() => Enumerable.Range(0, _items).Select(item => new CatalogItem
    {
        Item = IdOf(item), Title = $"Part {item / _topics} of topic {item % _topics}", Tags = [$"topic{item % _topics}"], Attributes = new Dictionary<string, AttributeValue> { ["author"] = $"author{item % 997}" },
    });

    /// <summary>Events in order of time, those of all users mixed.</summary>
    /// <param name="first">The number of the first.</param>
    /// <param name="count">How many.</param>
    public IEnumerable<UserEvent> Events(long first, long count)
    {
        for (var number = first; number < first + count; number++)
        {
            var random = new SeededNumbers((ulong)number);
            yield return EventOf(random.NextInt(_users), number, random);
        }
    }

    /// <summary>An event of one user.</summary>
    public UserEvent EventOf(int user, long number, SeededNumbers random)
    {
        // Seven of ten events are of the favourites; popularity falls with the rank in the topic.
        var topic = random.NextInt(10) switch { < 4 => user % _topics, < 7 => (user / 7) % _topics, _ => random.NextInt(_topics) };
        var rank = (int)(Math.Pow(random.NextDouble(), 3) * (_items / _topics));
        return new UserEvent { User = UserOf(user), Item = IdOf((rank * _topics) + topic), Type = random.NextInt(5) == 0 ? "like" : "view", Time = Start + (number * Minute / 60) };
    }

    private static string IdOf(int item) => $"item{item:D7}";
}
