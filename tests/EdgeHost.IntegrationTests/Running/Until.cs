namespace EdgeHost.IntegrationTests.Running;

/// <summary>Waits for what a host shows, within a bound that is far beyond what it takes.</summary>
internal static class Until
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <summary>Reads until the condition holds; fails with what was expected and what was seen last.</summary>
    /// <param name="expected">What is waited for, for the message of a failure.</param>
    /// <param name="read">Reads it once.</param>
    /// <param name="holds">The condition.</param>
    /// <param name="show">A reading as text.</param>
    /// <param name="output">What the host printed.</param>
    public static async Task<T> HoldsAsync<T>(string expected, Func<Task<T>> read, Func<T, bool> holds, Func<T, string> show, Func<string> output)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            var seen = await read();
            if (holds(seen)) return seen;
            if (limit.IsCancellationRequested) Assert.Fail($"Expected within {Limit}: {expected}. Seen last: {show(seen)}\nThe host printed:\n{output()}");
            await Task.Delay(Poll, CancellationToken.None);
        }
    }
}
