using Microsoft.Extensions.Options;

namespace EdgeHost.Ipc;

/// <summary>Checks the options when the host starts; every problem is named at once.</summary>
internal sealed class IpcOptionsValidator : IValidateOptions<IpcOptions>
{
    private const int GiB = 1024 * 1024 * 1024;

    public ValidateOptionsResult Validate(string? name, IpcOptions options)
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Endpoint)) problems.Add("Ipc:Endpoint is empty.");
        Within(problems, nameof(options.MaxFrameBytes), options.MaxFrameBytes, 1024, GiB);
        Within(problems, nameof(options.MaxDepth), options.MaxDepth, 4, WireProtocolDepth);
        Within(problems, nameof(options.MaxCallsPerConnection), options.MaxCallsPerConnection, 1, ushort.MaxValue);
        Within(problems, nameof(options.MaxConnections), options.MaxConnections, 1, 10_000);
        Within(problems, nameof(options.StreamCredit), options.StreamCredit, 1, 1024);
        Within(problems, nameof(options.MaxConnectionRegionBytes), options.MaxConnectionRegionBytes, 0, GiB);
        Within(problems, nameof(options.MaxRegionsPerConnection), options.MaxRegionsPerConnection, 0, 64);
        Within(problems, nameof(options.MaxRegionBytes), options.MaxRegionBytes, 0, 1024L * GiB);
        Within(problems, nameof(options.SendQueueBytes), options.SendQueueBytes, 64 * 1024, GiB);
        Within(problems, nameof(options.PushQueueBytes), options.PushQueueBytes, 64 * 1024, GiB);
        Within(problems, nameof(options.MaxIdempotencyKeys), options.MaxIdempotencyKeys, 1, 100_000);
        if (options.IdempotencyBytes is < 64 * 1024 or > GiB) problems.Add($"Ipc:IdempotencyBytes is {options.IdempotencyBytes}; allowed are 65536 to {GiB}.");
        if (options.IdempotencyTime < TimeSpan.FromSeconds(1) || options.IdempotencyTime > TimeSpan.FromDays(1)) problems.Add($"Ipc:IdempotencyTime is {options.IdempotencyTime}; allowed are 1 second to 24 hours.");
        if (options.ResumeGrace < TimeSpan.Zero || options.ResumeGrace > TimeSpan.FromMinutes(10)) problems.Add($"Ipc:ResumeGrace is {options.ResumeGrace}; allowed are 0 to 10 minutes.");
        Positive(problems, nameof(options.HelloTimeout), options.HelloTimeout);
        Positive(problems, nameof(options.SendTimeout), options.SendTimeout);
        Positive(problems, nameof(options.MaxDeadline), options.MaxDeadline);
        if (options.DefaultDeadline is { } deadline) Positive(problems, nameof(options.DefaultDeadline), deadline);
        if (options.IdleTimeout != TimeSpan.Zero && options.IdleTimeout < TimeSpan.FromSeconds(1)) problems.Add($"Ipc:IdleTimeout is {options.IdleTimeout}; allowed are 0 (never) and one second or more.");
        if (options.ParkAfter != TimeSpan.Zero && (options.ParkAfter < TimeSpan.FromMilliseconds(1) || options.ParkAfter > TimeSpan.FromHours(1))) problems.Add($"Ipc:ParkAfter is {options.ParkAfter}; allowed are 0 (never) and 1 millisecond to 1 hour.");
        if (options.DrainTimeout < TimeSpan.Zero) problems.Add($"Ipc:DrainTimeout is {options.DrainTimeout}; it must not be negative.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    // Bodies are read to the depth that every reader shares; a deeper frame could pass here and fail there.
    private const int WireProtocolDepth = Serialization.WireReader.MaxDepth;

    private static void Within(List<string> problems, string option, long value, long minimum, long maximum)
    {
        if (value < minimum || value > maximum) problems.Add($"Ipc:{option} is {value}; allowed are {minimum} to {maximum}.");
    }

    private static void Positive(List<string> problems, string option, TimeSpan value)
    {
        if (value <= TimeSpan.Zero || value > TimeSpan.FromDays(24)) problems.Add($"Ipc:{option} is {value}; it must be more than zero and at most 24 days.");
    }
}
