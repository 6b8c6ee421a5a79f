namespace EdgeHost.Ipc.Calls;

/// <summary>A method as a connection calls it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cost">How long it takes; shared by all connections.</param>
internal sealed record CalledMethod(string Name, MethodCost Cost);
