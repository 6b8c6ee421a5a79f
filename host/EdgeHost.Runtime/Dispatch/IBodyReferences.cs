namespace EdgeHost.Runtime.Dispatch;

/// <summary>
/// What the references in a call's body stand for. Held until the call ends: what they lead to stays readable that long, though the caller
/// may change it meanwhile. Thread-safe.
/// </summary>
public interface IBodyReferences
{
    /// <summary>Follows a reference.</summary>
    /// <param name="reference">The payload of the extension value, untrusted; of any length.</param>
    /// <param name="binary">The bytes, in place.</param>
    /// <param name="problem">If it leads nowhere: why, as the rest of a sentence that starts with the field's name; otherwise null.</param>
    /// <returns>Whether it leads somewhere.</returns>
    bool TryResolve(ReadOnlySpan<byte> reference, out ReadOnlyMemory<byte> binary, out string? problem);

    /// <summary>The body with the bytes themselves in place of the references, as if the caller had sent them: one copy.</summary>
    /// <param name="body">The body.</param>
    /// <returns>Memory that is valid until the call ends.</returns>
    ReadOnlyMemory<byte> Inline(ReadOnlyMemory<byte> body);
}
