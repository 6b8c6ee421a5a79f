namespace EdgeHost;

/// <summary>Who calls: the name an app gave in hello and what the operating system says of its process. Immutable.</summary>
/// <param name="Name">The app's name, 1 to 128 characters of <c>a-z 0-9 . _ -</c>.</param>
/// <param name="UserId">The peer's user id as the socket reports it, or -1 where the platform does not.</param>
/// <param name="ProcessId">The peer's process id as the socket reports it, or -1.</param>
public sealed record AppIdentity(string Name, long UserId, long ProcessId)
{
    /// <summary>The host itself: work that no app asked for.</summary>
    public static AppIdentity Host { get; } = new("edgehost", -1, -1);
}
