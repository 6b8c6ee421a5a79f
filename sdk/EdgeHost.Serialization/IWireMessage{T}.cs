namespace EdgeHost.Serialization;

/// <summary>
/// A request or response body: a MessagePack map with snake_case string keys. Implemented by the source generator for every
/// partial type marked <see cref="WireMessageAttribute"/>; needs no reflection, so it works trimmed and ahead-of-time compiled
/// and does not hold a collectible load context alive.
/// </summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
public interface IWireMessage<TSelf>
    where TSelf : IWireMessage<TSelf>
{
    /// <summary>The JSON Schema (draft 2020-12) of the body, as exact as the members' types, ranges and descriptions. Optional
    /// members are those that <c>required</c> does not list; a nil for one is taken too. A description of the whole comes first in the text.</summary>
    static abstract string JsonSchema { get; }

    /// <summary>Writes the body; optional members that are null are left out.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The message.</param>
    static abstract void Write(ref WireWriter writer, TSelf value);

    /// <summary>
    /// Reads a body. Unknown keys are skipped. Binary members may be views of the memory that the reader was made over: they are
    /// valid as long as that memory is.
    /// </summary>
    /// <param name="reader">The reader.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/> that names the field: a required member is
    /// missing, a value has the wrong type or is out of range, or the bytes are not MessagePack.</exception>
    static abstract TSelf Read(ref WireReader reader);
}
