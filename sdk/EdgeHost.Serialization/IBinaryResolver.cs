namespace EdgeHost.Serialization;

/// <summary>
/// Finds the bytes that a reference in a body stands for. Where binary data is expected in a request, a value of extension type
/// <see cref="BinaryReference.ExtensionType"/> may stand instead; who reads the body with a resolver takes it for the bytes themselves.
/// </summary>
public interface IBinaryResolver
{
    /// <summary>Follows a reference.</summary>
    /// <param name="reference">The payload of the extension value, untrusted; of any length.</param>
    /// <param name="binary">The bytes, in place: the other side may change them while they are read. How long they stay valid is up to the resolver.</param>
    /// <param name="problem">If it leads nowhere: why, as the rest of a sentence that starts with the field's name; otherwise null.</param>
    /// <returns>Whether it leads somewhere.</returns>
    bool TryResolve(ReadOnlySpan<byte> reference, out ReadOnlyMemory<byte> binary, out string? problem);
}
