namespace System.Runtime.CompilerServices;

/// <summary>What the compiler needs for records and init accessors on frameworks older than .NET 5.</summary>
internal static class IsExternalInit;
