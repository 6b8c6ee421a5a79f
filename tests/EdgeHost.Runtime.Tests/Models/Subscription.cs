namespace EdgeHost.Runtime.Tests.Models;

/// <summary>Ends a fake's subscription.</summary>
internal sealed class Subscription(Action end) : IDisposable
{
    public void Dispose() => end();
}
