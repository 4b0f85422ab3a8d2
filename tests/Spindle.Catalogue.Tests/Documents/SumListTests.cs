// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using Spindle.Catalogue.Documents;
using Spindle.Testing;

namespace Spindle.Catalogue.Tests.Documents;

public sealed class SumListTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("with  blanks")]
    [InlineData("back\\slash")]
    [InlineData("line\nfeed")]
    [InlineData("carriage\rreturn")]
    [InlineData("*star")]
    public void The_program_of_that_name_accepts_it(string name)
    {
        using TempDirectory directory = new();
        byte[] content = Encoding.UTF8.GetBytes(name);
        directory.Write(name, content);
        using (FileStream output = File.Create(directory["sums"]))
        using (SumList sums = new(output))
        {
            sums.Add(SHA256.HashData(content), Encoding.UTF8.GetBytes(name));
        }

        ForeignProgram.RunIn(directory.Path, "sha256sum", "-c", "--strict", "sums");
    }
}
