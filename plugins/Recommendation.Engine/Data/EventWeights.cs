using System.Collections.Frozen;

namespace EdgeHost.Plugins.Recommendation.Engine.Data;

/// <summary>
/// How much events count. An event's strength is its factor times its weight, read on the scale of its type; the strengths of a user's events with one item add up to w,
/// which counts as 2w / (1 + |w|): one view is 1, and nothing is ever more than 2 or less than -2. Immutable, thread-safe.
/// </summary>
public sealed class EventWeights
{
    private static readonly FrozenDictionary<string, (double Factor, EventScale Scale)> Known = new Dictionary<string, (double, EventScale)>(StringComparer.Ordinal)
    {
        ["impression"] = (0, EventScale.Plain),
        ["view"] = (1, EventScale.Plain),
        ["click"] = (1, EventScale.Plain),
        ["open"] = (1, EventScale.Plain),
        ["play"] = (1, EventScale.Plain),
        ["read"] = (1.5, EventScale.Plain),
        ["complete"] = (2, EventScale.Plain),
        ["like"] = (2, EventScale.Plain),
        ["save"] = (2, EventScale.Plain),
        ["bookmark"] = (2, EventScale.Plain),
        ["share"] = (2, EventScale.Plain),
        ["add_to_cart"] = (2, EventScale.Plain),
        ["purchase"] = (3, EventScale.Plain),
        ["dwell"] = (1, EventScale.Seconds),
        ["rate"] = (1, EventScale.Rating),
        ["rating"] = (1, EventScale.Rating),
        ["skip"] = (-0.5, EventScale.Plain),
        ["dislike"] = (-2, EventScale.Plain),
        ["hide"] = (-3, EventScale.Plain),
        ["not_interested"] = (-3, EventScale.Plain),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly FrozenDictionary<string, (double Factor, EventScale Scale)> _types;

    /// <summary>Creates weights.</summary>
    /// <param name="types">Types that differ from the known ones: factor (-100 to 100; 0 leaves the type out) and scale.</param>
    /// <exception cref="EdgeHostException">A factor is out of range (<see cref="ErrorCode.InvalidArgument"/>).</exception>
    public EventWeights(IReadOnlyDictionary<string, (double Factor, EventScale Scale)>? types = null)
    {
        if (types is null)
        {
            _types = Known;
            return;
        }

        var all = new Dictionary<string, (double, EventScale)>(Known, StringComparer.Ordinal);
        foreach (var (type, weight) in types)
        {
            if (!(Math.Abs(weight.Factor) <= 100)) throw new EdgeHostException(ErrorCode.InvalidArgument, $"The factor of events of type '{type}' is {weight.Factor}; it must be from -100 to 100.");
            all[type] = weight;
        }

        _types = all.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The weights that the documentation states.</summary>
    public static EventWeights Default { get; } = new();

    /// <summary>What weights of events are clamped to, either side of zero.</summary>
    public double MaxWeight { get; init; } = 1000;

    /// <summary>What the lowest rating of a catalogue counts beside 1 for the highest; below zero it counts against the item.</summary>
    public double RatingFloor { get; init; } = 0.5;

    /// <summary>How the weight of events of the type is read; plainly for an unknown one.</summary>
    public EventScale ScaleOf(string type) => _types.TryGetValue(type, out var known) ? known.Scale : EventScale.Plain;

    /// <summary>Whether events of the type are ratings.</summary>
    public bool IsRating(string type) => ScaleOf(type) == EventScale.Rating;

    /// <summary>The strength of one event; 0 means that it does not count.</summary>
    /// <param name="type">The event's type; an unknown one counts like a view.</param>
    /// <param name="weight">The event's weight.</param>
    /// <param name="ratings">The lowest and highest rating of the catalogue.</param>
    /// <exception cref="EdgeHostException">The weight is NaN (<see cref="ErrorCode.InvalidArgument"/>).</exception>
    public double StrengthOf(string type, double weight, (double Lowest, double Highest) ratings)
    {
        if (double.IsNaN(weight)) throw new EdgeHostException(ErrorCode.InvalidArgument, $"The weight of an event of type '{type}' is not a number.");
        var (factor, scale) = _types.TryGetValue(type, out var known) ? known : (1, EventScale.Plain);
        var clamped = Math.Clamp(weight, -MaxWeight, MaxWeight);
        return factor * (scale switch
        {
            EventScale.Rating => RatingOf(clamped, ratings),
            EventScale.Seconds => Math.Log2(1 + (Math.Max(0, clamped) / 30)),
            _ => clamped,
        });
    }

    /// <summary>What the sum of strengths counts as: 2w / (1 + |w|).</summary>
    public static float Saturate(double sum) => (float)(2 * sum / (1 + Math.Abs(sum)));

    private double RatingOf(double rating, (double Lowest, double Highest) ratings)
        => ratings.Highest > ratings.Lowest
            ? RatingFloor + ((1 - RatingFloor) * Math.Clamp((rating - ratings.Lowest) / (ratings.Highest - ratings.Lowest), 0, 1))
            : 1;
}
