namespace EdgeHost.Plugins.Health.Storage;

/// <summary>A person within a transaction: the row and the key. Disposing it forgets the key.</summary>
internal sealed record Person(long Row, byte[] Tag, PersonKey Key) : IDisposable
{
    public void Dispose() => Key.Dispose();
}
