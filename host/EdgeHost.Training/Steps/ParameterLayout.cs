using EdgeHost.Training.Networks;

namespace EdgeHost.Training.Steps;

/// <summary>
/// Where each parameter lies in one vector. Those that decay come first, so that the optimiser has one stretch for each treatment and its
/// nodes are few; what it keeps lies in further vectors of the same layout. Immutable.
/// </summary>
internal sealed class ParameterLayout
{
    // Vectors begin at multiples of 64 bytes.
    private const int Rounding = 16;

    private readonly Dictionary<string, (int Start, int Length)> _places = [];

    public ParameterLayout(IEnumerable<ParameterInfo> parameters, bool isSplit, int slots)
    {
        Parameters = [.. isSplit ? parameters.OrderByDescending(parameter => parameter.Decays) : parameters];
        long start = 0;
        long split = 0;
        foreach (var parameter in Parameters)
        {
            _places[parameter.Name] = ((int)start, (int)parameter.Shape.ElementCount);
            start += parameter.Shape.ElementCount;
            if (isSplit && parameter.Decays) split = start;
            if (start > int.MaxValue / 4) throw new EdgeHostException(ErrorCode.InvalidArgument, $"The network has more than {int.MaxValue / 4} parameters.");
        }

        Count = (int)start;
        VectorLength = (Count + Rounding - 1) / Rounding * Rounding;
        Slots = slots;
        Groups = [.. new[] { new ParameterGroup(0, (int)split, Decays: true), new ParameterGroup((int)split, Count - (int)split, Decays: false) }.Where(group => group.Length > 0)];
    }

    /// <summary>The parameters in the order in which they lie.</summary>
    public IReadOnlyList<ParameterInfo> Parameters { get; }

    public IReadOnlyList<ParameterGroup> Groups { get; }

    /// <summary>Numbers that are trained.</summary>
    public int Count { get; }

    /// <summary>Numbers of a vector, with what rounds it up.</summary>
    public int VectorLength { get; }

    /// <summary>Vectors that the optimiser keeps beside the parameters.</summary>
    public int Slots { get; }

    /// <summary>Numbers of all vectors.</summary>
    public long StateLength => (long)VectorLength * (1 + Slots);

    public Memory<float> Of(ParameterInfo parameter, Memory<float> state)
        => _places.TryGetValue(parameter.Name, out var place) ? state.Slice(place.Start, place.Length) : throw new ArgumentException($"The network has no parameter '{parameter.Name}'.", nameof(parameter));

    /// <summary>A group's part of a vector.</summary>
    /// <param name="group">The group.</param>
    /// <param name="vector">0 for the parameters, then what the optimiser keeps.</param>
    /// <param name="state">All vectors.</param>
    public Memory<float> Of(ParameterGroup group, int vector, Memory<float> state) => state.Slice((vector * VectorLength) + group.Start, group.Length);
}
