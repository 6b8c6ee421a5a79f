using System.Security.Cryptography;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.PluginSdk;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Plugins.Health.Tests.Journal;

/// <summary>Ciphertexts stay where they belong.</summary>
public sealed class EncryptionTests : IDisposable
{
    private readonly PersonKey _key = new(RandomNumberGenerator.GetBytes(32));

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task KeyFile_ThatIsGone_IsSaidAndNeverReplaced()
    {
        await using var host = await HealthHost.StartAsync();
        var storage = host.Services.GetRequiredService<IPluginStorage>();

        var missing = Assert.Throws<EdgeHostException>(() => new MasterKey(storage).TagOf("person", "self"));
        new MasterKey(storage).Ensure();
        var tag = new MasterKey(storage).TagOf("person", "self");
        new MasterKey(storage).Ensure();

        Assert.Equal(ErrorCode.FailedPrecondition, missing.Code);
        Assert.Contains("health.key", missing.Message, StringComparison.Ordinal);
        Assert.Equal(tag, new MasterKey(storage).TagOf("person", "self"));
        Assert.NotEqual(tag, new MasterKey(storage).TagOf("source", "self"));
    }

    [Fact]
    public void Ciphertext_AtItsPlace_IsWhatItWas()
    {
        var place = SampleCodec.PlaceOf("glucose", 1, [1, 2], null);

        Assert.Equal([1, 2, 3], _key.Decrypt(_key.Encrypt([1, 2, 3], place), place));
        Assert.NotEqual(_key.Encrypt([1, 2, 3], place), _key.Encrypt([1, 2, 3], place));
    }

    [Fact]
    public void Nonces_OfManyCiphertexts_AreAllDifferent()
    {
        const int Many = 2_000;

        Assert.Equal(Many, Enumerable.Range(0, Many).Select(_ => Convert.ToHexString(_key.Encrypt([1], [])[..12])).Distinct().Count());
    }

    [Fact]
    public void Ciphertext_MovedChangedOrOfAnotherKey_IsDataLoss()
    {
        var place = SampleCodec.PlaceOf("glucose", 1, [1, 2], null);
        var bytes = _key.Encrypt([1, 2, 3], place);
        using var other = new PersonKey(RandomNumberGenerator.GetBytes(32));
        byte[] changed = [.. bytes[..^1], (byte)(bytes[^1] ^ 1)];

        foreach (var attempt in new Action[]
        {
            () => _key.Decrypt(bytes, SampleCodec.PlaceOf("glucose", 2, [1, 2], null)),
            () => _key.Decrypt(bytes, SampleCodec.PlaceOf("weight", 1, [1, 2], null)),
            () => _key.Decrypt(bytes, SampleCodec.PlaceOf("glucose", 1, [1, 2], "swapped_unit")),
            () => _key.Decrypt(changed, place),
            () => _key.Decrypt(bytes.AsSpan(0, 5), place),
            () => other.Decrypt(bytes, place),
        })
        {
            Assert.Equal(ErrorCode.DataLoss, Assert.Throws<EdgeHostException>(attempt).Code);
        }
    }
}
