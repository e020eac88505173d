System.Console.WriteLine("aemlo");
