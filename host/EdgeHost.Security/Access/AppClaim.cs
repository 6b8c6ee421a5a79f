namespace EdgeHost.Security.Access;

/// <summary>Who a connection says it is, and what the operating system says of it.</summary>
/// <param name="Name">The app's name as it said hello.</param>
/// <param name="Token">The token it gave, or null.</param>
/// <param name="UserId">The user of its process, or -1 where the platform does not say.</param>
/// <param name="GroupId">The group of its process, or -1.</param>
/// <param name="ProcessId">Its process, or -1.</param>
public readonly record struct AppClaim(string Name, string? Token, long UserId, long GroupId, long ProcessId);
