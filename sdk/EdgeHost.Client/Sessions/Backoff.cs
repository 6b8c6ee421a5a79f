namespace EdgeHost.Client.Sessions;

/// <summary>
/// Pauses between tries to connect: none before the first, then random ones up to a bound that doubles each time ("full jitter", which spreads the clients
/// of a host that comes back best: M. Brooker, Exponential Backoff And Jitter, AWS Architecture Blog, 2015). For one loop.
/// </summary>
/// <param name="first">The bound of the first pause.</param>
/// <param name="most">The bound of all.</param>
/// <param name="random">Gives numbers of 0 to 1.</param>
internal sealed class Backoff(TimeSpan first, TimeSpan most, Func<double> random)
{
    private TimeSpan _bound = first;

    /// <summary>The pause before the next try.</summary>
    public TimeSpan Next()
    {
        var pause = _bound * random();
        _bound = _bound * 2 < most ? _bound * 2 : most;
        return pause;
    }
}
