using System.Security.Cryptography;
using System.Text;
using EdgeHost.Plugins.Storage;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Health.Storage;

/// <summary>
/// The key that the persons' keys are wrapped with, in a file of its own beside the database (0600), made before the database is. It protects a database that is copied,
/// backed up or read from a discarded disk without that file; it does not protect against who can read the files of the host's user. Thread-safe.
/// </summary>
internal sealed class MasterKey(IPluginStorage storage)
{
    private const string FileName = "health.key";
    private const int KeyBytes = 32;

    private readonly Lock _lock = new();
    private byte[]? _key;

    private string FilePath => Path.Combine(storage.DataFolder, FileName);

    /// <summary>Makes the file unless it is there. A database that is there without it must not get another one: its data would seem to be gone.</summary>
    public void Ensure() => PrivateFiles.TryCreate(FilePath, RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>What stands for a name in the database: nobody without the key can tell which name it is.</summary>
    /// <param name="purpose">What the name is of, so that two kinds of names do not share tags.</param>
    /// <param name="name">The name.</param>
    public byte[] TagOf(string purpose, string name) => HMACSHA256.HashData(Derive("tag"), Encoding.UTF8.GetBytes($"{purpose}\n{name}"))[..16];

    /// <summary>Makes a person's key.</summary>
    /// <param name="tag">The person's tag, which the key is bound to.</param>
    /// <param name="wrapped">The key as the database keeps it.</param>
    public PersonKey Create(byte[] tag, out byte[] wrapped)
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        using var wrapper = new PersonKey(Derive("wrap"));
        wrapped = wrapper.Encrypt(key, tag);
        return new PersonKey(key);
    }

    /// <summary>Opens a person's key.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.DataLoss"/>: it was wrapped with another master key, or is damaged.</exception>
    public PersonKey Open(byte[] tag, byte[] wrapped)
    {
        using var wrapper = new PersonKey(Derive("wrap"));
        return new PersonKey(wrapper.Decrypt(wrapped, tag));
    }

    private byte[] Derive(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, Key(), KeyBytes, info: Encoding.UTF8.GetBytes($"edgehost.health {purpose}"));

    private byte[] Key()
    {
        lock (_lock)
        {
            if (_key is not null) return _key;
            if (!File.Exists(FilePath))
                throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The key file '{FileName}' of the health data is missing. Restore it from a backup; without it the data cannot be read. To begin anew, move the plugin's data folder away.");
            var key = File.ReadAllBytes(FilePath);
            if (key.Length != KeyBytes) throw new EdgeHostException(ErrorCode.DataLoss, $"The key file '{FileName}' of the health data is damaged: restore it from a backup, without it the data cannot be read.");
            return _key = key;
        }
    }
}
