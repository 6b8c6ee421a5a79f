using System.Security.Cryptography;
using System.Text;

namespace EdgeHost.Security.Policy;

/// <summary>
/// Tokens that prove an app's name, and their hashes. A token has 256 random bits, so that a salted SHA-256 is enough: slow hashes are for secrets that
/// people think up, and hello must stay quick.
/// </summary>
public static class AppToken
{
    private const string Scheme = "sha256";
    private const int SaltBytes = 16;

    /// <summary>Makes a new token: 43 characters of the URL-safe alphabet.</summary>
    public static string Create() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>The hash to keep: <c>sha256$SALT$HASH</c>, both in base64.</summary>
    public static string Hash(string token)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return $"{Scheme}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Compute(salt, token))}";
    }

    /// <summary>Whether a text has the form of a hash.</summary>
    public static bool IsHash(string hash) => TryParse(hash, out _, out _);

    /// <summary>Whether a token is the one of a hash, in a time that does not depend on how much of it is right.</summary>
    public static bool Matches(string hash, string? token)
        => token is not null && TryParse(hash, out var salt, out var expected) && CryptographicOperations.FixedTimeEquals(Compute(salt, token), expected);

    private static byte[] Compute(byte[] salt, string token) => SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(token)]);

    private static bool TryParse(string hash, out byte[] salt, out byte[] value)
    {
        (salt, value) = ([], []);
        var parts = hash.Split('$');
        if (parts is not [Scheme, var saltText, var valueText]) return false;
        salt = new byte[SaltBytes];
        value = new byte[SHA256.HashSizeInBytes];
        return Convert.TryFromBase64String(saltText, salt, out var saltLength) && saltLength == SaltBytes
            && Convert.TryFromBase64String(valueText, value, out var valueLength) && valueLength == value.Length;
    }
}
