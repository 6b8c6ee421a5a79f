namespace EdgeHost.Runtime.Devices;

/// <summary>What a step of a model would wait and take on a device now.</summary>
/// <param name="Queue">Predicted wait for the device.</param>
/// <param name="Load">Time to load the model there; zero where it is resident, a guess where it never was loaded.</param>
/// <param name="Run">Learned run time there, or null where it never ran.</param>
public readonly record struct PlacementCost(TimeSpan Queue, TimeSpan Load, TimeSpan? Run);
