namespace EdgeHost.Serialization.Generator;

/// <summary>How a value travels.</summary>
internal enum WireKind
{
    Boolean,
    Int32,
    Int64,
    UInt32,
    Byte,
    Single,
    Double,
    String,
    Binary,
    BinaryArray,
    Enumeration,
    Message,
    List,
    Array,
    Dictionary,
}

/// <summary>How a message is made when it is read.</summary>
internal enum Construction
{
    /// <summary>A generated private constructor that sets the properties.</summary>
    Setters,

    /// <summary>The record's primary constructor.</summary>
    Primary,
}

/// <summary>A name of an enumeration and its key on the wire.</summary>
internal sealed record EnumName(string Member, string Wire);

/// <summary>The type of a value.</summary>
/// <param name="Kind">How it travels.</param>
/// <param name="Name">Its C# name, fully qualified, without a question mark.</param>
/// <param name="IsNullable">Whether it may be nil.</param>
/// <param name="IsValueType">Whether a nullable one is a <c>Nullable&lt;T&gt;</c>.</param>
/// <param name="Element">The item type of a list, array or dictionary.</param>
/// <param name="Names">The names of an enumeration.</param>
/// <param name="IsRecursive">Whether a message contains the type that has it.</param>
internal sealed record WireType(
    WireKind Kind,
    string Name,
    bool IsNullable,
    bool IsValueType,
    WireType? Element,
    EquatableArray<EnumName> Names,
    bool IsRecursive)
{
    public string Display => IsNullable ? Name + "?" : Name;
}

/// <summary>A property of a message.</summary>
/// <param name="Name">The property.</param>
/// <param name="Key">Its key.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsRequired">Whether the key must be there.</param>
/// <param name="Description">What the schema says about it.</param>
/// <param name="Minimum">Smallest number.</param>
/// <param name="Maximum">Largest number.</param>
/// <param name="MaxLength">Most characters, bytes or items.</param>
/// <param name="DefaultJson">Its initial value as JSON, where the source says it as a constant.</param>
/// <param name="HasInitialValue">Whether it has a value other than null when its key is absent.</param>
/// <param name="DefaultCode">The default of a primary constructor's parameter as C#.</param>
internal sealed record WireProperty(
    string Name,
    string Key,
    WireType Type,
    bool IsRequired,
    string? Description,
    double Minimum,
    double Maximum,
    int MaxLength,
    string? DefaultJson,
    bool HasInitialValue,
    string? DefaultCode);

/// <summary>A message type.</summary>
/// <param name="Namespace">Its namespace; empty for the global one.</param>
/// <param name="Containers">The declarations it is nested in, outermost first.</param>
/// <param name="Declaration">Its declaration, for example <c>partial record struct Point</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="FullName">Its fully qualified name.</param>
/// <param name="Construction">How it is made.</param>
/// <param name="NeedsPublicConstructor">Whether a generated constructor would take away the implicit one.</param>
/// <param name="ChainsConstructor">Whether the author wrote a parameterless constructor that must run.</param>
/// <param name="HidesBase">Whether a base class is a message too.</param>
/// <param name="IsReferenceType">Whether it is a class.</param>
/// <param name="Description">What the schema says about it.</param>
/// <param name="Properties">Its properties.</param>
internal sealed record WireMessageModel(
    string Namespace,
    EquatableArray<string> Containers,
    string Declaration,
    string Name,
    string FullName,
    Construction Construction,
    bool NeedsPublicConstructor,
    bool ChainsConstructor,
    bool HidesBase,
    bool IsReferenceType,
    string? Description,
    EquatableArray<WireProperty> Properties);

/// <summary>A message or the reasons why there is none.</summary>
internal sealed record GenerationResult(WireMessageModel? Message, EquatableArray<Finding> Findings);
