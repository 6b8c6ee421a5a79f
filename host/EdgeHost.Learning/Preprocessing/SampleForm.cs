namespace EdgeHost.Learning.Preprocessing;

/// <summary>What an example is between two steps.</summary>
internal enum SampleForm
{
    Text,
    Picture,
    Sound,
    Vector,
}
