namespace EdgeHost.Runtime.Models;

/// <summary>What makes two requests share one session.</summary>
internal readonly record struct ModelKey(string Id, string Version, string Variant, string Device);
