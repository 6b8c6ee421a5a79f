using System.Security.Cryptography;

namespace EdgeHost.Plugins.Health.Storage;

/// <summary>Encrypts and decrypts with one key, by AES-256-GCM: a nonce of 12 random bytes, the ciphertext, a tag of 16 bytes. Not thread-safe.</summary>
internal sealed class PersonKey(byte[] key) : IDisposable
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly AesGcm _cipher = new(key, TagBytes);

    /// <param name="content">What is encrypted.</param>
    /// <param name="place">Where it belongs: it cannot be read at another place.</param>
    public byte[] Encrypt(ReadOnlySpan<byte> content, ReadOnlySpan<byte> place)
    {
        var sealedBytes = new byte[NonceBytes + content.Length + TagBytes];
        var nonce = sealedBytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        _cipher.Encrypt(nonce, content, sealedBytes.AsSpan(NonceBytes, content.Length), sealedBytes.AsSpan(NonceBytes + content.Length), place);
        return sealedBytes;
    }

    /// <exception cref="EdgeHostException"><see cref="ErrorCode.DataLoss"/>: it is damaged, of another key, or from another place.</exception>
    public byte[] Decrypt(ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> place)
    {
        var length = sealedBytes.Length - NonceBytes - TagBytes;
        if (length < 0) throw Damaged(null);
        var content = new byte[length];
        try
        {
            _cipher.Decrypt(sealedBytes[..NonceBytes], sealedBytes.Slice(NonceBytes, length), sealedBytes[(NonceBytes + length)..], content, place);
            return content;
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw Damaged(e);
        }
    }

    public void Dispose()
    {
        _cipher.Dispose();
        CryptographicOperations.ZeroMemory(key);
    }

    private static EdgeHostException Damaged(Exception? cause)
        => new(ErrorCode.DataLoss, "Health data cannot be decrypted: it is damaged, or its key file is another one. Restore both from the same backup.", cause);
}
