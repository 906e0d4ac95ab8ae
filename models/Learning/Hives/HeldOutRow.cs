namespace IotGateway.Learning.Hives;

/// <summary>One statement about a row that its model has not seen, beside the truth and the baseline.</summary>
/// <param name="Target">What was said.</param>
/// <param name="Group">The hive, yard or apiary that was held out.</param>
/// <param name="Period">The fortnight or month, counted from any day; also a block of rows that resemble each other.</param>
/// <param name="Observed">What came; 0 or 1 of an event.</param>
/// <param name="Simple">What the baseline says.</param>
/// <param name="Said">What the model says: a value, or the probability of the event.</param>
/// <param name="Low">The value that it stays below one time of ten; NaN where no interval is told.</param>
/// <param name="High">The value that it stays below nine times of ten.</param>
internal readonly record struct HeldOutRow(
    string Target, string Group, int Period, double Observed, double Simple, double Said, double Low, double High);
