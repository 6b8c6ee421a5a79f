namespace EdgeHost.Runtime.Models;

/// <summary>Takes memory of the pool's one budget for what is no model, such as a training run. Thread-safe.</summary>
public interface IMemoryReservations
{
    /// <summary>The most that can ever be taken: the budget as it is configured.</summary>
    long CapacityBytes { get; }

    /// <summary>Takes memory; models that are idle and not pinned leave for it.</summary>
    /// <param name="what">What it is for: shown where memory is explained.</param>
    /// <param name="bytes">How much, from 0.</param>
    /// <returns>Gives it back when disposed; disposing twice is harmless.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: so much cannot be freed now, with what holds the budget.</exception>
    IDisposable Reserve(string what, long bytes);
}
