namespace EdgeHost.Runtime.Scheduling.Policies;

/// <summary>Steps of the same key may be joined into one run.</summary>
/// <param name="Group">The loaded session (or whatever stands for it); compared with Equals.</param>
/// <param name="Shape">Hash of element types, input names, wanted outputs and all dimensions that must agree.</param>
internal readonly record struct BatchKey(object Group, long Shape);
