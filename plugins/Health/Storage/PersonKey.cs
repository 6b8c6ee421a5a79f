using System.Security.Cryptography;

namespace EdgeHost.Plugins.Health.Storage;

/// <summary>Encrypts and decrypts with one key, by AES-256-GCM: a nonce of 12 random bytes, the ciphertext, a tag of 16 bytes. Not thread-safe.</summary>
internal sealed class PersonKey(byte[] key) : IDisposable
{
    /// <summary>How much longer than its content what is sealed is.</summary>
    public const int Overhead = NonceBytes + TagBytes;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int MostDrawn = 256;

    private readonly AesGcm _cipher = new(key, TagBytes);

    // Random bytes are drawn for several nonces at once: a draw costs as much as the encryption of a sample. Each is used once.
    private byte[] _drawn = [];
    private int _used;

    /// <param name="content">What is encrypted.</param>
    /// <param name="place">Where it belongs: it cannot be read at another place.</param>
    public byte[] Encrypt(ReadOnlySpan<byte> content, ReadOnlySpan<byte> place)
    {
        var sealedBytes = new byte[content.Length + Overhead];
        Encrypt(content, place, sealedBytes);
        return sealedBytes;
    }

    /// <param name="content">What is encrypted.</param>
    /// <param name="place">Where it belongs: it cannot be read at another place.</param>
    /// <param name="sealedBytes">Gets it: as long as the content and <see cref="Overhead"/>.</param>
    public void Encrypt(ReadOnlySpan<byte> content, ReadOnlySpan<byte> place, Span<byte> sealedBytes)
    {
        var nonce = sealedBytes[..NonceBytes];
        Draw(nonce);
        _cipher.Encrypt(nonce, content, sealedBytes.Slice(NonceBytes, content.Length), sealedBytes[(NonceBytes + content.Length)..], place);
    }

    /// <exception cref="EdgeHostException"><see cref="ErrorCode.DataLoss"/>: it is damaged, of another key, or from another place.</exception>
    public byte[] Decrypt(ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> place)
    {
        var content = new byte[Math.Max(0, sealedBytes.Length - Overhead)];
        Decrypt(sealedBytes, place, content);
        return content;
    }

    /// <param name="sealedBytes">What was encrypted.</param>
    /// <param name="place">Where it belongs.</param>
    /// <param name="content">Gets the content: as long as what is sealed less <see cref="Overhead"/>.</param>
    /// <inheritdoc cref="Decrypt(ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>
    public void Decrypt(ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> place, Span<byte> content)
    {
        if (sealedBytes.Length < Overhead) throw Damaged(null);
        try
        {
            _cipher.Decrypt(sealedBytes[..NonceBytes], sealedBytes[NonceBytes..^TagBytes], sealedBytes[^TagBytes..], content, place);
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

    private void Draw(Span<byte> nonce)
    {
        if (_used == _drawn.Length)
        {
            // Few at first: most calls encrypt a handful.
            _drawn = RandomNumberGenerator.GetBytes(Math.Clamp(_drawn.Length * 2, NonceBytes, MostDrawn * NonceBytes));
            _used = 0;
        }

        _drawn.AsSpan(_used, NonceBytes).CopyTo(nonce);
        _used += NonceBytes;
    }

    private static EdgeHostException Damaged(Exception? cause)
        => new(ErrorCode.DataLoss, "Health data cannot be decrypted: it is damaged, or its key file is another one. Restore both from the same backup.", cause);
}
