namespace EdgeHost.Fuzz;

/// <summary>
/// Feeds a target its corpus, then mutations of what it has seen, and keeps each input that makes the target do what it has not done before. What it did
/// stands for the code it ran: each of the product's messages belongs to one place. The same seed gives the same run. Not thread-safe.
/// </summary>
/// <param name="target">What is fed.</param>
/// <param name="seed">Of its chance.</param>
internal sealed class FuzzLoop(IFuzzTarget target, int seed)
{
    /// <summary>Longest input, in bytes.</summary>
    public const int MostInputBytes = 4096;

    // Far more than a target does. Beyond, its words vary with the input, and everything would be kept.
    private const int MostInputs = 1000;

    private readonly List<byte[]> _inputs = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>The inputs of which each did something that those before it had not.</summary>
    public IReadOnlyList<byte[]> Inputs => _inputs;

    /// <summary>Inputs fed so far.</summary>
    public long Runs { get; private set; }

    /// <summary>Different things that the target did.</summary>
    public int Behaviours => _seen.Count;

    /// <summary>Runs until something breaks.</summary>
    /// <param name="corpus">Fed first.</param>
    /// <param name="goesOn">Asked before each mutation.</param>
    /// <param name="onNew">Told of each input, not of the corpus, that made the target do something new; null for nobody.</param>
    /// <returns>What broke it, or null.</returns>
    public async Task<FuzzFinding?> RunAsync(IReadOnlyList<byte[]> corpus, Func<bool> goesOn, Action<byte[]>? onNew = null)
    {
        foreach (var input in corpus)
        {
            if (await FeedAsync(input, onNew: null) is { } finding) return finding;
        }

        if (_inputs.Count == 0) _inputs.Add([]);
        var random = new Random(seed);
        var mutator = new Mutator(random, target.Tokens, MostInputBytes);
        while (goesOn())
        {
            // What is new leads on to what is newer, so late inputs are taken more often.
            var index = _inputs.Count - 1 - (int)(_inputs.Count * Math.Pow(random.NextDouble(), 2));
            var input = mutator.Mutate(_inputs[Math.Max(index, 0)], _inputs[random.Next(_inputs.Count)]);
            if (await FeedAsync(input, onNew) is { } finding) return finding;
        }

        return null;
    }

    private async Task<FuzzFinding?> FeedAsync(byte[] input, Action<byte[]>? onNew)
    {
        Runs++;
        try
        {
            var isNew = false;
            foreach (var behaviour in await target.RunAsync(input)) isNew |= _seen.Add(behaviour);
            if (!isNew || _inputs.Count == MostInputs) return null;
        }
        catch (Exception e) // Whatever a target throws is what is looked for.
        {
            return new FuzzFinding(input, e);
        }

        _inputs.Add(input);
        onNew?.Invoke(input);
        return null;
    }
}
